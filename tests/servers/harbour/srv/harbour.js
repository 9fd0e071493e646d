const cds = require('@sap/cds')

// The key of the entity that an operation is bound to.
const bound = req => { const last = req.params.at(-1); return last.id ?? last }

module.exports = class harbour extends cds.ApplicationService {
  async init() {
    const { Ships, Entries, Flags, Buoys, Master } = this.entities

    this.on('christen', Ships, async req => {
      const { name, class: kind, words } = req.data
      const changes = { name, nicknames: words ?? [] }
      if (kind !== undefined) changes.class = kind
      await UPDATE(Ships, bound(req)).with(changes)
      return SELECT.one.from(Ships, bound(req))
    })
    this.on('christen', Entries, async req => {
      const { number, ship_id } = req.params.at(-1)
      await UPDATE(Entries, { number, ship_id }).with({ text: `by ${req.data.by}` })
      return SELECT.one.from(Entries, { number, ship_id })
    })
    this.on('hail', Ships, async req => {
      const ship = await SELECT.one.from(Ships, bound(req))
      return Array(req.data.times ?? 1).fill(`${req.data.greeting}, ${ship.name}`).join('; ')
    })
    this.on('latest', Ships, req => SELECT.from(Entries).where({ ship_id: bound(req) }).orderBy('number desc'))
    this.on('escort', Ships, () => null)
    this.on('refit', Ships, () => {})
    this.on('launchAll', Ships, async req => {
      const { rigging } = req.data
      return UPDATE(Ships).where({ rigging }).with({ afloat: true })
    })
    this.on('heaviest', Ships, () => SELECT.one.from(Ships).orderBy('tonnage desc'))

    this.on('greet', req => req.data.name)
    this.on('echoNumber', req => req.data.number)
    this.on('echoAmount', req => req.data.amount)
    this.on('echoMoment', req => JSON.stringify(req.data))
    this.on('office', req => ({ street: req.data.name, town: 'Port', place: { latitude: 1.5, longitude: -2 } }))
    this.on('crowd', req => SELECT.from(Ships).where({ crew: { '>=': req.data.least } }).orderBy('name'))
    this.on('words', req => req.data.text.split(' '))
    this.on('tally', req => `${req.data.numbers.length} ${req.data.address?.town ?? 'nowhere'}`)
    this.on('nobody', () => null)
    this.on('closeGates', req => {
      const { piers, numbers, address } = req.data
      this.closed = req.data
      return (piers ?? []).length + (numbers ?? []).filter(n => String(n) === '9007199254740993').length + (address?.town === 'Port' ? 10 : 0)
    })
    this.on('ring', () => {})
    this.on('refuse', req => req.reject({ status: req.data.status, code: 'GATE_CLOSED', message: 'the gate is closed', target: 'status' }))

    await super.init()
    cds.once('served', async () => {
      await INSERT.into(Flags).entries([{ code: 'NO', country: 'Norway' }, { code: 'PT', country: 'Portugal' }])
      await INSERT.into(Buoys).entries([{ id: 1, kind: 'red', width: 2 }, { id: 2, kind: 'green', width: 3 }])
      await INSERT.into(Master).entries([{ id: 1, name: 'Ada' }])
    })
  }
}
