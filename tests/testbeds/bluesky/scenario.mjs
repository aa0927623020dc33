// What happens on the testbed network: accounts, posts, a campaign, deletions.
// Every function goes through the public XRPC interface of the PDS; only
// `settle` reaches inside, to wait until the AppView has indexed everything.

// role -> handle (many ordinary words, 'target' among them, are reserved by the PDS)
const ROLES = {
  target: 'casey',
  friend: 'devon',
  heckler: 'loudmouth',
  stalker: 'watcher99',
  sockone: 'sockone',
  socktwo: 'socktwo',
}

// One message, said eight ways: added words, capitals, a look-alike letter
// (U+0435 for e) and a zero-width space, as campaigns do to slip past filters.
const CAMPAIGN = [
  'casey sold the story for money, do not believe this fraud, spread the word',
  'casey sold the story for money, do not believe this fraud! spread the word',
  'CASEY sold the story for money, do not believe this fraud, spread the word!!',
  'friends, casey sold the story for money, do not believe this fraud, spread the word',
  'casey sold the story for mon\u0435y, do not believe this fraud, spread the word',
  'casey sold the story for money, do not bel\u200bieve this fraud, spread the word',
  'casey sold the story for money, do not believe this fraud, spread the word now',
  'casey sold the whole story for money, do not believe this fraud, spread the word',
]

export class Scenario {
  constructor(network) {
    this.network = network
    this.accounts = {} // name -> { did, handle, password, token }
    this.posts = {} // key -> { uri, cid, by, text }
  }

  async call(token, method, nsid, body) {
    const res = await fetch(new URL(`/xrpc/${nsid}`, this.network.pds.url), {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : undefined,
    })
    const text = await res.text()
    if (!res.ok) throw new Error(`${nsid}: ${res.status} ${text}`)
    return text ? JSON.parse(text) : {}
  }

  // The AppView indexes each author's events in a queue of their own. A reply
  // indexed before its parent counts as invalid and notifies nobody, so every
  // post waits until the AppView has seen the ones before it.
  async settle() {
    await this.network.processAll()
  }

  // Access tokens live two hours; a long session needs a fresh one.
  async token(name) {
    const account = this.accounts[name]
    if (!account) throw new Error(`no account ${name}`)
    const made = await this.call(null, 'POST', 'com.atproto.server.createSession', {
      identifier: account.did,
      password: account.password,
    })
    return (account.token = made.accessJwt)
  }

  async account({ name, handle, displayName }) {
    const password = `${name}-password`
    const made = await this.call(null, 'POST', 'com.atproto.server.createAccount', {
      email: `${name}@example.test`,
      handle: `${handle ?? name}.test`,
      password,
    })
    this.accounts[name] = { did: made.did, handle: made.handle, password, token: made.accessJwt }
    // The official app writes createdAt into the profile; the AppView shows no creation date without it.
    const createdAt = new Date().toISOString()
    await this.call(made.accessJwt, 'POST', 'com.atproto.repo.putRecord', {
      repo: made.did,
      collection: 'app.bsky.actor.profile',
      rkey: 'self',
      record: { $type: 'app.bsky.actor.profile', displayName: displayName ?? name, createdAt },
    })
    return this.accounts[name]
  }

  async appPassword({ name, label }) {
    const made = await this.call(await this.token(name), 'POST', 'com.atproto.server.createAppPassword', { name: label })
    return { password: made.password }
  }

  async create(name, collection, record) {
    const { did, token } = this.accounts[name]
    const { uri, cid } = await this.call(token, 'POST', 'com.atproto.repo.createRecord', {
      repo: did,
      collection,
      record: { $type: collection, createdAt: new Date().toISOString(), ...record },
    })
    return { uri, cid }
  }

  // A record of any collection, as the caller wrote it (follows, odd posts).
  async record({ by, collection, record }) {
    const made = await this.create(by, collection, record)
    await this.settle()
    return made
  }

  // root, parent and quote are { uri, cid }; `mention` names an account whose handle is in the text.
  // `images` are { data, mimeType, alt }, data in Base64.
  async post({ by, key, text, mention, root, parent, quote, link, langs, images }) {
    const pictures = []
    for (const { alt, ...file } of images ?? []) pictures.push({ alt, image: await this.upload(by, file) })
    const made = await this.create(by, 'app.bsky.feed.post', {
      text,
      langs: langs ?? ['en'],
      ...(parent ? { reply: { root: ref(root ?? parent), parent: ref(parent) } } : {}),
      ...(quote ? { embed: { $type: 'app.bsky.embed.record', record: ref(quote) } } : {}),
      ...(link ? { embed: { $type: 'app.bsky.embed.external', external: link } } : {}),
      ...(images ? { embed: { $type: 'app.bsky.embed.images', images: pictures } } : {}),
      ...(mention ? { facets: [this.facet(text, mention)] } : {}),
    })
    const post = { ...made, by, text }
    if (key) this.posts[key] = post
    await this.settle()
    return post
  }

  facet(text, name) {
    const at = `@${this.accounts[name].handle}`
    const start = Buffer.byteLength(text.slice(0, text.indexOf(at)))
    return {
      index: { byteStart: start, byteEnd: start + Buffer.byteLength(at) },
      features: [{ $type: 'app.bsky.richtext.facet#mention', did: this.accounts[name].did }],
    }
  }

  async remove({ by, uri }) {
    const [, , repo, collection, rkey] = uri.split('/')
    await this.call(this.accounts[by].token, 'POST', 'com.atproto.repo.deleteRecord', { repo, collection, rkey })
    await this.settle()
    return {}
  }

  // A picture stored at the PDS; `data` is Base64. Answers the blob reference that an embed needs.
  async upload(by, { data, mimeType }) {
    const res = await fetch(new URL('/xrpc/com.atproto.repo.uploadBlob', this.network.pds.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${this.accounts[by].token}`, 'content-type': mimeType },
      body: Buffer.from(data, 'base64'),
    })
    if (!res.ok) throw new Error(`uploadBlob: ${res.status} ${await res.text()}`)
    return (await res.json()).blob
  }

  async deactivate({ name }) {
    await this.call(await this.token(name), 'POST', 'com.atproto.server.deactivateAccount', {})
    await this.settle()
  }

  async activate({ name }) {
    await this.call(await this.token(name), 'POST', 'com.atproto.server.activateAccount')
    await this.settle()
  }

  // As the service's own administrators can: the ordinary way needs a code from a mail.
  async deleteAccount({ name }) {
    const res = await fetch(new URL('/xrpc/com.atproto.admin.deleteAccount', this.network.pds.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.network.pds.adminAuthHeaders() },
      body: JSON.stringify({ did: this.accounts[name].did }),
    })
    if (!res.ok) throw new Error(`deleteAccount: ${res.status} ${await res.text()}`)
    await this.settle()
  }

  // Moderation, through Ozone: a post ({ uri, cid }) or an account ({ did }).
  async takeDown({ post, did }) {
    await this.network.ozone.getModClient().performTakedown({ subject: subjectOf(post, did) })
    if (post) await this.label(post, false)
    await this.settle()
  }

  async undoTakeDown({ post, did }) {
    await this.network.ozone.getModClient().performReverseTakedown({ subject: subjectOf(post, did) })
    if (post) await this.label(post, true)
    await this.settle()
  }

  // Ozone takes posts down by a label that the AppView subscribes to; the AppView of dev-env has no such
  // subscription, so the label is carried over by hand.
  async label({ uri, cid }, neg) {
    const values = { src: this.network.ozone.ctx.cfg.service.did, uri, cid, val: '!takedown', neg, cts: new Date().toISOString() }
    const { db } = this.network.bsky.db
    await db.deleteFrom('label').where('uri', '=', uri).execute()
    if (!neg) await db.insertInto('label').values(values).execute()
  }

  // `senders` accounts made one after the other, each replying once to `parent` with nearly the same words.
  async campaign({ name, parent, root, senders = 8 }) {
    const accounts = []
    const posts = []
    for (let i = 0; i < senders; i++) {
      const sender = `${name}${2718 + 37 * i}`
      accounts.push({ name: sender, ...(await this.account({ name: sender })) })
    }
    await this.settle()
    for (const [i, { name: by }] of accounts.entries()) {
      const key = `${name}-${i}`
      posts.push(await this.post({ by, key, text: CAMPAIGN[i % CAMPAIGN.length], parent, root }))
    }
    return { accounts, posts }
  }

  async seed() {
    for (const [name, handle] of Object.entries(ROLES)) await this.account({ name, handle })
    const { target, friend } = this.accounts
    await this.create('target', 'app.bsky.graph.follow', { subject: friend.did })
    await this.create('friend', 'app.bsky.graph.follow', { subject: target.did })
    const say = (by, key, text, more = {}) => this.post({ by, key, text, ...more })
    const root = await say('target', 'original', 'I published my article about the council today.')
    await say('friend', 'kindReply', 'Great work, congratulations!', { parent: root })
    const insult = await say('heckler', 'insultReply', 'You are a pathetic liar and nobody believes you.', { parent: root })
    await say('sockone', 'pileOn1', 'pathetic liar, everyone can see it', { root, parent: insult })
    await say('socktwo', 'pileOn2', 'pathetic liar!! delete your account', { parent: root })
    await say('stalker', 'threatMention', '@casey.test I know where you live, see you on Friday.', { mention: 'target' })
    await say('heckler', 'emojiMention', '🤡🤡 look at this clown @casey.test', { mention: 'target' })
    await say('sockone', 'quote', 'everyone go and tell this one what you think', { quote: root })
    await say('socktwo', 'aside', 'unrelated: nice weather')
  }
}

const subjectOf = (post, did) =>
  post ? { $type: 'com.atproto.repo.strongRef', ...ref(post) } : { $type: 'com.atproto.admin.defs#repoRef', did }

const ref = ({ uri, cid }) => ({ uri, cid })
