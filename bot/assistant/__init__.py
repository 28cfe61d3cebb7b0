"""The process that answers: Rasa's agent with our tracker store, our actions in the same process, and the WeChat channel."""
