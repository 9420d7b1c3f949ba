"""Expo → a plan of pages and files → bytes. The room that turns records into what visitors see.

In: a Site (records, settings, words, assets). Out: Page and File values, rendered in Pelican's Jinja2 environment.
Templates get the model and plain values made here; they print, they don't decide. Nothing is written here.
"""
