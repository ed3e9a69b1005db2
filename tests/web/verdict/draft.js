// Documents that fit the schema: written from its types, small enough for the
// server's limits.

import {
  getNamedType,
  getNullableType,
  GraphQLBoolean,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'

/** Fields within fields. */
const DEEPEST = 4

/** Texts of literals by their types' names. */
const SCALARS = {
  Boolean: (random) => String(random.chance(0.5)),
  DateTime: (random) => `"20${random.whole(10, 26)}-0${random.whole(1, 9)}-1${random.whole(0, 9)}T08:00:00Z"`,
  Float: (random) => `${random.whole(-9, 9)}.5`,
  ID: (random) => random.one(['"none"', '"Facility:1"', '7']),
  // Most are sizes of pages.
  Int: (random) => String(random.whole(0, 3)),
  NaiveDate: (random) => `"20${random.whole(10, 26)}-0${random.whole(1, 9)}-1${random.whole(0, 9)}"`,
  String: (random) => random.one(['"11"', '"东港"', '""', '"""a "block" of text"""']),
}

/** The text of a document with one operation or two. */
export function draft(schema, random) {
  return new Draft(schema, random).document()
}

class Draft {
  #schema
  #random
  #aliases = 0
  #fragments = []
  #variables = []

  constructor(schema, random) {
    this.#schema = schema
    this.#random = random
  }

  document() {
    const several = this.#random.chance(0.3)
    const named = several || this.#random.chance(0.7)
    const operations = [this.#operation(named ? 'First' : '')]
    if (several) operations.push(this.#operation('Second'))
    return [...operations, ...this.#fragments].join('\n')
  }

  #operation(name) {
    this.#variables = []
    const set = this.#set(this.#schema.getQueryType(), DEEPEST)
    const variables = this.#variables.length > 0 ? `(${this.#variables.join(', ')})` : ''
    return `query ${name}${variables} ${set}`
  }

  #set(type, depth) {
    const random = this.#random
    const fields = Object.values(type.getFields()).filter(
      (field) => depth > 1 || isLeafType(getNamedType(field.type)),
    )
    const items = random.some(fields, random.whole(1, 3)).map((field) => this.#field(field, depth))
    if (items.length === 0 || random.chance(0.2)) items.push('__typename')
    if (depth > 1 && random.chance(0.2)) items.push(this.#inline(type, depth - 1))
    if (depth > 1 && random.chance(0.2)) items.push(this.#spread(type, depth - 1))
    return `{ ${items.join(' ')} }`
  }

  #field(field, depth) {
    const random = this.#random
    const arguments_ = field.args
      .filter((argument) => isRequiredArgument(argument) || random.chance(0.4))
      .map((argument) => `${argument.name}: ${this.#value(argument.type, 2, true)}`)
    const given = arguments_.length > 0 ? `(${arguments_.join(', ')})` : ''
    // What has arguments can't be merged with its like elsewhere.
    const alias = given || random.chance(0.1) ? `a${++this.#aliases}: ` : ''
    const type = getNamedType(field.type)
    const set = isCompositeType(type) ? this.#set(type, depth - 1) : ''
    return `${alias}${field.name}${given} ${this.#directive()} ${set}`
  }

  #directive() {
    if (!this.#random.chance(0.1)) return ''
    const condition = this.#random.chance(0.5) ? 'true' : this.#variable(GraphQLBoolean, 'Boolean!')
    return `@${this.#random.one(['include', 'skip'])}(if: ${condition})`
  }

  #inline(type, depth) {
    const part = this.#part(type)
    const condition = part === type && this.#random.chance(0.5) ? '' : `on ${part.name}`
    return `... ${condition} ${this.#directive()} ${this.#set(part, depth)}`
  }

  #spread(type, depth) {
    const part = this.#part(type)
    const set = this.#set(part, depth)
    const name = `Fragment${this.#fragments.length + 1}`
    this.#fragments.push(`fragment ${name} on ${part.name} ${set}`)
    return `...${name} ${this.#directive()}`
  }

  /** A type that an object of this type may be. */
  #part(type) {
    const parts = isInterfaceType(type) ? this.#schema.getPossibleTypes(type) : type.getInterfaces()
    return this.#random.one([type, ...parts])
  }

  #value(type, depth, inOperation) {
    const random = this.#random
    if (inOperation && random.chance(0.2)) return this.#variableOf(type)
    if (!isNonNullType(type) && random.chance(0.05)) return 'null'
    const of = getNullableType(type)
    if (isListType(of)) {
      // One value stands for a list of it.
      if (random.chance(0.2)) return this.#value(isNonNullType(of.ofType) ? of.ofType : of, depth, false)
      const items = Array.from({ length: random.whole(0, 2) }, () =>
        this.#value(of.ofType, depth, inOperation),
      )
      return `[${items.join(', ')}]`
    }
    if (isEnumType(of)) return random.one(of.getValues()).name
    if (isInputObjectType(of)) {
      const all = Object.values(of.getFields())
      const optional = all.filter((field) => !isRequiredInputField(field))
      const chosen = depth > 0 ? random.some(optional, random.whole(0, 2)) : []
      const fields = all.filter((field) => isRequiredInputField(field) || chosen.includes(field))
      return `{ ${fields.map((field) => `${field.name}: ${this.#value(field.type, depth - 1, inOperation)}`).join(', ')} }`
    }
    return SCALARS[of.name](random)
  }

  #variableOf(type) {
    const nullable = getNullableType(type)
    if (isNonNullType(type)) return this.#variable(nullable, type)
    return this.#variable(type, this.#random.one([type, `${nullable}!`]))
  }

  /** Defines a variable of the type as it is written, or of the nullable one with a default. */
  #variable(nullable, written) {
    const name = `$v${this.#variables.length + 1}`
    const hasDefault = this.#random.chance(0.3)
    this.#variables.push(
      hasDefault ? `${name}: ${nullable} = ${this.#literal(nullable)}` : `${name}: ${written}`,
    )
    return name
  }

  /** A literal that is not null, so that the variable may stand where null may not. */
  #literal(type) {
    let literal
    do literal = this.#value(type, 1, false)
    while (literal === 'null')
    return literal
  }
}
