"""The machine behind the CPII Digital Expo: reads content/, checks it, and renders a static site with Pelican."""
