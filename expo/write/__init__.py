"""The only room that writes output: staging beside the output folder, a manifest, and a swap in one step.

In: addresses and bytes. Out: a complete output folder, or the old one untouched. It cannot leave its directory.
`verify` reads a published site back and compares it with its manifest.
"""

from expo.write.manifest import MANIFEST, ManifestBroken, Written
from expo.write.output import OutputFolder, OutputRefused, refuse_bad_places, write_output
from expo.write.standing import find_standing, note_standing
from expo.write.verify import Difference, NotPublished, Verification, verify_address, verify_folder

__all__ = [
    "MANIFEST",
    "Difference",
    "ManifestBroken",
    "NotPublished",
    "OutputFolder",
    "OutputRefused",
    "Verification",
    "Written",
    "find_standing",
    "note_standing",
    "refuse_bad_places",
    "verify_address",
    "verify_folder",
    "write_output",
]
