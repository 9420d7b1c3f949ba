"""What browsers are told to refuse: the content security policy of every page, and the headers of hosts that take them.

In: nothing. Out: the policy for the meta element of every template; headers for a server (serve sends them, too); the
file `_headers` for Netlify, Cloudflare Pages and the like. GitHub and GitLab Pages read no such file; there the meta
element stands alone, which cannot forbid frames. Pictures may be `data:` for the masks that the style sheet draws with.
"""

from __future__ import annotations

DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
CONTENT_SECURITY_POLICY = "; ".join(f"{name} {value}" for name, value in DIRECTIVES.items())
UNUSED_FEATURES = (
    "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
    "midi", "payment", "usb",
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'",  # only a header can say the last
    "X-Frame-Options": "DENY",  # the same, for browsers that do not know it
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES),
}
# Hosts join the values of all rules that fit an address, so no header stands in two rules that could meet.
RULES = {
    "/*": HEADERS,
    "/assets/*": {"Cache-Control": "public, max-age=31536000, immutable"},  # their names carry their hash
    "/*.pdf": {"Content-Disposition": "attachment"},  # what others scanned is saved, never opened within the site
}


def write_rules() -> str:
    """The text of `/_headers`."""
    lines = [
        line for path, headers in RULES.items() for line in (path, *(f"  {name}: {headers[name]}" for name in headers))
    ]
    return "\n".join(lines) + "\n"
