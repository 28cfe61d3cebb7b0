"""WeChat, simulated: the platform's side of an Official Account, over HTTP, with a phone in the browser.

The rules come from WeChat's own documents; where those are silent, the module that guesses says so.
"""
