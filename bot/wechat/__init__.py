"""The wire to WeChat. The openid of a parent never leaves this package: everywhere else there is a parent_key."""
