"""The only room that writes output: staging beside the output folder, a manifest, and a swap in one step.

In: addresses and bytes. Out: a complete output folder, or the old one untouched. It cannot leave its directory.
verify.py reads a published site back and compares it with its manifest; it is imported by name, as it loads what speaks
to a network.
"""

from expo.write.manifest import MANIFEST, ManifestBroken, Written
from expo.write.output import OutputFolder, OutputRefused, refuse_bad_places, write_output
from expo.write.seen import Stamp
from expo.write.standing import Standing, find_standing, note_standing

__all__ = [
    "MANIFEST",
    "ManifestBroken",
    "OutputFolder",
    "OutputRefused",
    "Stamp",
    "Standing",
    "Written",
    "find_standing",
    "note_standing",
    "refuse_bad_places",
    "write_output",
]
