"""Views: one module a kind of page. Each makes plain values for a template out of the records; templates only print.

In: the Site (records, settings, words, assets). Out: Page records. Nothing is rendered and nothing is read here.
"""
