// Variables that do not fit what they stand for.

import { isNonNullType, Kind, parseType } from 'graphql'
import { copy, field, named, variable } from './nodes.js'

export const VARIABLES = []

const kind = (name, rule, at, make) => VARIABLES.push({ name, rule, at, make })

kind(
  'an unused variable',
  'NoUnusedVariables',
  (s) => s.operations,
  (node) => {
    node.variableDefinitions.push(variable('$unused: Int'))
  },
)
kind(
  'an undefined variable',
  'NoUndefinedVariables',
  (s) => s.uses,
  ({ node }) => {
    node.name = named('undefined')
  },
)
kind(
  'a variable twice',
  'UniqueVariableNames',
  (s) => s.operations.filter((node) => node.variableDefinitions.length > 0),
  (node) => {
    node.variableDefinitions.push(copy(node.variableDefinitions[0]))
  },
)
kind(
  'a variable of an unknown type',
  'KnownTypeNames',
  (s) => s.variables,
  ({ node }) => {
    node.type = parseType('Unknown', { noLocation: true })
    delete node.defaultValue
  },
)
kind(
  'a variable of an object',
  'VariablesAreInputTypes',
  (s) => s.variables,
  ({ node }) => {
    node.type = parseType('Facility', { noLocation: true })
    delete node.defaultValue
  },
)
kind(
  'a variable of another type',
  'VariablesInAllowedPosition',
  (s) => s.variables.filter(({ node, type }) => type && isUsed(s, node)),
  ({ node, type }) => {
    node.type = parseType(String(type).startsWith('Int') ? 'Boolean' : 'Int', { noLocation: true })
    delete node.defaultValue
  },
)
kind(
  'a variable that may be null where null may not be',
  'VariablesInAllowedPosition',
  (s) => required(s),
  ({ node }) => {
    node.type = node.type.kind === Kind.NON_NULL_TYPE ? node.type.type : node.type
    delete node.defaultValue
  },
)
kind(
  'a variable of another type within an input',
  'VariablesInAllowedPosition',
  (s) => s.operations,
  (node) => {
    node.variableDefinitions.push(variable('$within: Int'))
    node.selectionSet.selections.push(
      field('within: staff(filter: { name: { eq: $within } }) { totalCount }'),
    )
  },
)
kind(
  'a list for one',
  'VariablesInAllowedPosition',
  (s) => s.variables.filter(({ node, type }) => type && !String(type).startsWith('[') && isUsed(s, node)),
  ({ node }) => {
    node.type = { kind: Kind.LIST_TYPE, type: node.type }
    delete node.defaultValue
  },
)

function isUsed(s, definition) {
  return s.uses.some(({ node }) => node.name.value === definition.variable.name.value)
}

/** Variables that stand where null may not. */
function required(s) {
  const names = s.uses.filter(({ type }) => isNonNullType(type)).map(({ node }) => node.name.value)
  return s.variables.filter(({ node }) => names.includes(node.variable.name.value))
}
