// Step 1. The texts of the field.
import Foundation
import LatentSemantics
import ReleasedModels
import TextAnalysis

let texts = [
    "Beekeepers feed sugar syrup to weak colonies in autumn.",
    "A colony without a queen raises a new one from young larvae.",
    "Varroa mites weaken a colony and carry viruses between bees.",
    "Oxalic acid kills mites while the colony has no brood.",
    "Swarming divides a strong colony in early summer.",
    "A queen that was marked is found faster at an inspection.",
]
