// The service `sky` by SAP's library of OData 4.0, which checks addresses and bodies against the
// grammar and the model, and leaves it to the service to keep the data: here in memory.
// usage: server.js PORT

const http = require('http')
const odata = require('@sap/odata-server')

const model = require('./model.json')

const Kind = odata.uri.Expression.ExpressionKind

// The entities by set, and what belongs to one: related and contained entities, by property.
const sets = new Map(Object.keys(model.sky.Container).map(name => [name, []]))
const related = new WeakMap()

const relatedOf = (entity, property) => {
  if (!related.has(entity)) related.set(entity, new Map())
  const properties = related.get(entity)
  if (!properties.has(property)) properties.set(property, [])
  return properties.get(property)
}

class Refused extends Error {
  constructor(status, message) {
    super(message)
    this.statusCode = status
    this.code = 'REFUSED'
  }
  getStatusCode() { return this.statusCode }
}

const typeName = type => type.getFullQualifiedName?.().toString() ?? type.getName()

// A literal of an address as the values of bodies are.
function literal(text, type) {
  if (text === null || text === 'null') return null
  const underlying = type.getUnderlyingType?.() ?? type
  const name = underlying.getName()
  if (typeName(type).startsWith('sky.') && type.getMembers) {
    const names = text.split(',')
    return names.reduce((sum, name) => sum + Number(type.getMembers().get(name)?.getValue() ?? name), 0)
  }
  switch (name) {
    case 'Boolean': return text === 'true'
    case 'Int16': case 'Int32': case 'Byte': case 'SByte': case 'Double': case 'Single': return Number(text)
    default: return text
  }
}

// Numbers that need more than a double, as what can be compared.
function comparable(value, type) {
  const name = (type?.getUnderlyingType?.() ?? type)?.getName()
  if (value === null || value === undefined) return null
  if (name === 'Int64') return BigInt(value)
  if (name === 'Decimal') {
    const [whole, part = ''] = String(value).replace('+', '').split('.')
    return BigInt(whole + part.padEnd(20, '0').slice(0, 20))
  }
  if (name === 'DateTimeOffset') return new Date(value).getTime()
  if (Buffer.isBuffer(value)) return value.toString('base64')
  return value
}

// The value of an expression of $filter or $orderby for an entity.
function evaluate(expression, entity) {
  switch (expression.getKind()) {
    case Kind.LITERAL: return literal(expression.getText(), expression.getType())
    case Kind.ALIAS: return evaluate(expression.getExpression(), entity)
    case Kind.MEMBER:
      return expression.getPathSegments().reduce((value, segment) => {
        const property = segment.getProperty() ?? segment.getNavigationProperty()
        return property ? value?.[property.getName()] ?? null : value
      }, entity)
    case Kind.UNARY: {
      const value = evaluate(expression.getOperand(), entity)
      return expression.getOperator() === 'not' ? !value : -value
    }
    case Kind.BINARY: {
      const operands = [expression.getLeftOperand(), expression.getRightOperand()]
      const operator = expression.getOperator()
      if (operator === 'and') return operands.every(operand => evaluate(operand, entity))
      if (operator === 'or') return operands.some(operand => evaluate(operand, entity))
      const type = operands.map(operand => operand.getType()).find(type => ['Int64', 'Decimal'].includes((type?.getUnderlyingType?.() ?? type)?.getName())) ?? operands[0].getType()
      const [left, right] = operands.map(operand => comparable(evaluate(operand, entity), type))
      switch (operator) {
        case 'eq': return left === right
        case 'ne': return left !== right
        case 'gt': return left !== null && right !== null && left > right
        case 'ge': return left !== null && right !== null && left >= right
        case 'lt': return left !== null && right !== null && left < right
        case 'le': return left !== null && right !== null && left <= right
        case 'has': return (left & right) === right
      }
      break
    }
    case Kind.METHOD: {
      const [first, second] = expression.getParameters().map(parameter => evaluate(parameter, entity))
      switch (expression.getMethod()) {
        case 'contains': return first?.includes(second) ?? false
        case 'startswith': return first?.startsWith(second) ?? false
        case 'endswith': return first?.endsWith(second) ?? false
        case 'length': return first?.length ?? null
        case 'tolower': return first?.toLowerCase() ?? null
      }
    }
  }
  throw new Refused(501, `no expression of kind ${expression.getKind()} like this is evaluated`)
}

function keysOf(segment) {
  return segment.getKeyPredicates().map(key => {
    const property = key.getEdmRef().getProperty?.() ?? key.getEdmRef()
    return [key.getEdmRef().getName(), comparable(literal(key.getText() ?? key.getAliasValue(), property.getType()), property.getType()), property.getType()]
  })
}

const found = (entities, segment) => {
  const keys = keysOf(segment)
  const entity = entities.find(entity => keys.every(([name, value, type]) => comparable(entity[name], type) === value))
  if (!entity) throw new Refused(404, 'there is no such entity')
  return entity
}

function parameters(segment) {
  const given = segment.getFunctionParameters().map(parameter => {
    const type = parameter.getEdmRef().getType()
    const value = parameter.getText() ?? parameter.getAliasValue()
    const isJson = parameter.getEdmRef().isCollection() || typeName(type) === 'sky.Place'
    return [parameter.getEdmRef().getName(), isJson ? JSON.parse(value) : literal(value, type)]
  })
  return Object.fromEntries(given)
}

const functions = {
  nearest: ({ distance, mass, band }) => {
    const bodies = sets.get('Bodies')
    if (distance !== undefined) return bodies.find(body => body.distance === distance) ?? null
    return bodies.find(body => body.mass === mass && (body.bands & band) === band) ?? null
  },
  echo: given => JSON.stringify(given, (key, value) => Buffer.isBuffer(value) ? value.toString('base64') : value),
  sum: ({ numbers }) => String(numbers.reduce((sum, number) => sum + BigInt(number), 0n)),
  visit: ({ place }) => [place, { country: 'far away', height: null }],
  palette: () => [2, 0],
  nothing: () => null,
  compare: ({ mass, name }, body) => mass === undefined ? body.name === name : body.mass === mass,
  brightest: ({ colour }, bodies) => bodies.find(body => body.colour === colour) ?? null
}

const actions = {
  rename: ({ name }, body) => Object.assign(body, { name }),
  spot: ({ visits }, comet) => { comet.visits = visits },
  survey: ({ places, numbers, amount, bands, wait }) => [...places, { country: `${numbers} ${amount} ${bands} ${wait}`, height: numbers.length }],
  reset: () => {}
}

// Walks along the path: the value that it leads to, and where that value is kept.
function walk(request) {
  let at = { value: undefined, owner: undefined, kept: undefined }
  for (const segment of request.getUriInfo().getPathSegments()) {
    const kind = segment.getKind()
    switch (kind) {
      case 'ENTITY.COLLECTION': at = { value: sets.get(segment.getEntitySet().getName()) }; at.kept = at.value; break
      case 'ENTITY': at = { kept: sets.get(segment.getEntitySet().getName()) }; at.value = found(at.kept, segment); break
      case 'NAVIGATION.TO.ONE': case 'NAVIGATION.TO.MANY': {
        const property = segment.getNavigationProperty()
        const owner = at.value
        const kept = relatedOf(owner, property.getName())
        const isOne = !property.isCollection() || kind === 'NAVIGATION.TO.ONE'
        at = { owner, property: property.getName(), kept }
        at.value = !property.isCollection() ? kept[0] ?? null : segment.getKeyPredicates().length > 0 ? found(kept, segment) : kept
        if (isOne && at.value === undefined) throw new Refused(404, 'nothing is there')
        break
      }
      case 'FUNCTION.IMPORT': at = { value: functions[segment.getFunctionImport().getName()](parameters(segment)) }; break
      case 'BOUND.FUNCTION': at = { value: functions[segment.getFunction().getName()](parameters(segment), at.value) }; break
      case 'ACTION.IMPORT': at = { value: actions[segment.getActionImport().getName()](request.getBody() ?? {}) }; break
      case 'BOUND.ACTION': at = { value: actions[segment.getAction().getName()](request.getBody() ?? {}, at.value) }; break
      case 'COUNT': at.isCount = true; break
      case 'VALUE': break
      case 'REF': case 'REF.COLLECTION': at.isReference = true; break
      case 'PRIMITIVE.PROPERTY': case 'COMPLEX.PROPERTY': case 'PRIMITIVE.COLLECTION.PROPERTY': case 'COMPLEX.COLLECTION.PROPERTY':
        at = { holder: at.value, name: segment.getProperty().getName() }
        at.value = at.holder[at.name] ?? null
        break
      default: throw new Refused(501, `no segment ${kind}`)
    }
  }
  return at
}

// An entity with what is expanded in it.
function shown(entity, expand) {
  const copy = { ...entity }
  for (const item of expand ?? []) {
    const property = item.getPathSegments().at(-1).getNavigationProperty()
    const inner = { filter: item.getOption('$filter'), orderby: item.getOption('$orderby'), top: item.getOption('$top'), skip: item.getOption('$skip') }
    const kept = relatedOf(entity, property.getName())
    const many = chosen(kept, inner).map(entity => shown(entity, item.getOption('$expand')))
    copy[property.getName()] = property.isCollection() ? many : many[0] ?? null
    if (item.getOption('$count')) copy[`${property.getName()}@odata.count`] = kept.length
  }
  return copy
}

function chosen(entities, { filter, orderby, top, skip }) {
  let list = filter ? entities.filter(entity => evaluate(filter, entity) === true) : [...entities]
  for (const item of [...(orderby ?? [])].reverse()) {
    const type = item.getExpression().getType()
    const value = entity => comparable(evaluate(item.getExpression(), entity), type)
    const order = item.isDescending() ? -1 : 1
    list.sort((a, b) => value(a) < value(b) ? -order : value(a) > value(b) ? order : 0)
  }
  if (skip) list = list.slice(skip)
  return top === undefined || top === null ? list : list.slice(0, top)
}

const PAGE = 3

function read(request, respond) {
  const at = walk(request)
  const option = name => request.getUriInfo().getQueryOption(name)
  if (at.value === null || at.value === undefined) return respond(null, { value: null })
  const isEntity = at.kept && !Array.isArray(at.value)
  if (isEntity && at.value.version !== undefined) request.validateEtag(String(at.value.version))
  if (isEntity || !at.kept) return respond(null, { value: isEntity ? alone(shown(at.value, option('$expand'))) : at.value })
  const all = chosen(at.value, { filter: option('$filter') })
  if (at.isCount) return respond(null, { value: all.length })
  const from = Number(option('$skiptoken') ?? 0)
  const list = chosen(all, { orderby: option('$orderby'), skip: option('$skip'), top: option('$top') })
  const page = list.slice(from, from + PAGE).map(entity => versioned(shown(entity, option('$expand'))))
  const result = { value: page }
  if (option('$count')) result['*@odata.count'] = all.length
  if (list.length > from + PAGE) result['*@odata.nextLink'] = String(from + PAGE)
  respond(null, result)
}

// With its version, where it has one: as an item of a collection, and alone.
const versioned = (entity, name = '@odata.etag') => entity.version === undefined ? entity : { ...entity, [name]: String(entity.version) }
const alone = entity => versioned(entity, '*@odata.etag')

// Takes out of a body what becomes an entity of its own.
function store(body, kept, typeOf) {
  const entity = {}
  const properties = {}
  for (let name = typeOf; name; name = model.sky[name.split('.')[1]]?.$BaseType) Object.assign(properties, model.sky[name.split('.')[1]])
  for (const [name, value] of Object.entries(body)) {
    if (name.endsWith('@odata.bind')) {
      const links = Array.isArray(value) ? value : [value]
      relatedOf(entity, name.split('@')[0]).push(...links.map(target))
    } else if (properties[name]?.$Kind === 'NavigationProperty') {
      const to = properties[name].$ContainsTarget ? relatedOf(entity, name) : sets.get('Bodies')
      const stored = [value].flat().map(item => store(item, to, properties[name].$Type))
      if (!properties[name].$ContainsTarget) relatedOf(entity, name).push(...stored)
    } else {
      entity[name] = value
    }
  }
  if (typeOf === 'sky.Exposure') entity.version = 1
  const key = Object.entries(properties.$Key ?? [])
  if (kept.some(other => key.every(([, name]) => String(other[name]) === String(entity[name])))) throw new Refused(409, 'it is there already')
  kept.push(entity)
  return entity
}

// The entity that a link of a body names.
function target(link) {
  const info = link.getPathSegments ? link : link.uriInfo ?? link
  const segment = info.getPathSegments().at(-1)
  return found(sets.get(segment.getEntitySet().getName()), segment)
}

function create(request, respond) {
  const at = walk(request)
  const last = request.getUriInfo().getLastSegment()
  const body = request.getBody()
  if (at.isReference) {
    at.kept.push(target(body))
    return respond(null, {})
  }
  const type = typeName(last.getEdmType())
  const entity = store(body, at.kept, type)
  respond(null, { value: alone(shown(entity, request.getDeepInsertExpand())) })
}

function act(request, respond) {
  respond(null, { value: walk(request).value })
}

function update(request, respond) {
  const at = walk(request)
  const body = request.getBody()
  if (at.isReference) {
    at.kept.splice(0, at.kept.length, target(body))
    return respond(null, {})
  }
  if (at.holder) {
    const adds = request.getMethod() === 'PATCH' && at.value !== null && !Array.isArray(body)
    at.holder[at.name] = adds ? { ...at.value, ...body } : body
    return respond(null, { value: at.holder[at.name] })
  }
  if (at.value.version !== undefined) request.validateEtag(String(at.value.version))
  for (const [name, value] of Object.entries(body)) {
    if (name.endsWith('@odata.bind')) {
      const links = [value].flat()
      relatedOf(at.value, name.split('@')[0]).splice(0, Infinity, ...links.map(target))
    } else {
      at.value[name] = value
    }
  }
  if (at.value.version !== undefined) at.value.version += 1
  respond(null, { value: alone(at.value) })
}

function remove(request, respond) {
  const at = walk(request)
  if (at.isReference) {
    if (Array.isArray(at.value) || !at.value) {
      at.kept.length = 0
    } else {
      at.kept.splice(at.kept.indexOf(at.value), 1)
    }
    return respond(null, {})
  }
  if (at.holder) {
    at.holder[at.name] = null
    return respond(null, {})
  }
  if (at.value.version !== undefined) request.validateEtag(String(at.value.version))
  at.kept.splice(at.kept.indexOf(at.value), 1)
  respond(null, {})
}

const service = odata.ServiceFactory.createService(model, { sky: { Bodies: { maxPageSize: PAGE }, Exposures: { isConcurrent: true } } })
service.setBasePath('/observatory/')
const guarded = handler => (request, response, respond) => {
  try {
    handler(request, respond)
  } catch (error) {
    if (!(error instanceof Refused)) console.error(error)
    respond(error)
  }
}
for (const [event, handler] of Object.entries({ READ: read, CREATE: create, UPDATE: update, DELETE: remove })) service.on(event, guarded(handler))
service.use(odata.Components.ACTION_EXECUTE_HANDLER, guarded(act))
http
  .createServer((request, response) => {
    console.log(request.method, request.url)
    service.process(request, response)
  })
  .listen(Number(process.argv[2]), '127.0.0.1')
