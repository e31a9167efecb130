"""How it is shown: pages, JSON API and command line. Nothing about the meaning of a report is decided here.

Two front doors: `webui.app.create_app` (the site as a WSGI application) and `webui.cli.main` (the command `gongkai`).
They are not imported here, so that the command line does not pay for Flask when it only lists reports.
"""
