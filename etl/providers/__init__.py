"""Where figures come from besides SCB: Kolada, other PxWeb servers, and files.

A provider answers as PxWebApi 2 does, so that one pipeline fetches, checks, keeps and builds the
figures of all. What it received in its own shape is kept by date in the archive.
"""
