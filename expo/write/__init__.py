"""The only room that writes output: staging beside the output folder, a manifest, and a swap by rename.

In: addresses and bytes. Out: a complete output folder, or the old one untouched. It cannot leave its directory.
"""

from expo.write.output import OutputFolder, OutputRefused, Written, write_output

__all__ = ["OutputFolder", "OutputRefused", "Written", "write_output"]
