"""Who acts in step, and why we think so.

Pure functions over plain columns; `columns.normalise` says what a frame must look like.

grouping    `group_posts`: groups of senders with their evidence. Its stages, each in its module:
  fold        what two texts or links must share to count as the same
  templates   near-duplicate texts by leader clustering; pictures: near-equal pictures
  artifacts   from posts to events: who used which artifact when
  pools       artifacts the same senders return to on separate occasions, against a trimmed null model
  partners    senders who share rare things with each other
  families    one test per kind of evidence; timing and naming: those of time and of handles
  candidates  every test on every candidate; bars: what counts, and what makes a group
  explain     the findings in words
continuing  `remember`, `continue_campaigns`: new posts against known campaigns, takeovers
themes      `themes`: what a campaign pushes and how it shifts (words: terms of texts)
hijack      `hijacks`: tags and threads of ordinary senders that a campaign came to fill
platforms   `platform_links`: campaigns that belong together across platforms
profiles    `profile_facts`: what a profile says against what the account did (places: places named)
edits       `side_by_side`: what near-duplicate texts changed
exchange    what organisations may tell each other without telling who

Method, limits and measured figures: docs/coordination.md.
"""
