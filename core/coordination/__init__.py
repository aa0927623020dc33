"""Who acts in step, and why we think so.

Pure functions over plain columns. `grouping.group_posts` takes a frame of posts and returns groups with
their evidence; `columns.normalise` says what a frame must look like; `edits.side_by_side` shows what
near-duplicate texts changed. The stages, each in its module:

fold        what two texts or links must share to count as the same
templates   near-duplicate texts by leader clustering
artifacts   from posts to events: who used which artifact when
pools       artifacts the same senders return to on separate occasions, against a trimmed null model
families    one test per kind of evidence
candidates  the verdict: two independent families, or nothing
explain     the findings in words

Method, limits and measured figures: docs/coordination.md.
"""
