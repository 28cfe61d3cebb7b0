"""Scripts for those who work on Jiashu; nothing here is needed to run it."""
