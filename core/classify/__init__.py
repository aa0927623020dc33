"""Abuse classification on this machine: folding, words, rules, model, languages.

The path of one text: `fold` undoes disguises and keeps a map back to the original, `language` says
whether the model is valid for it, `lexicon` and `rules` name what they find with exact spans,
`features` and `linear` (or an official Detoxify checkpoint through `detoxify_engine`) score the
seven labels, and `engine` joins them into one `Classification` whose reasons are true. Callers use
`engine.load_default` or `detoxify_engine.DetoxifyClassifier`; nothing here imports torch on the way.
"""
