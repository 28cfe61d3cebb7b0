"""The course "distance without separation": ten lessons at the parent's own pace, what is done of it, a certificate at the end."""
