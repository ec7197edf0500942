// self-hosted built-ins
