// Values for an operation's variables that fit the types they are given there, so
// that the document's own faults are what the server finds.

import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  typeFromAST,
} from 'graphql'

const SCALARS = {
  Boolean: true,
  DateTime: '2026-09-01T08:00:00Z',
  Float: 0.5,
  ID: 'none',
  Int: 2,
  NaiveDate: '2026-09-01',
  String: '11',
}

/** Half of those that need no value get none. */
export function values(schema, operation, random) {
  const fitting = operation.variableDefinitions
    .map(({ variable, type }) => [variable.name.value, typeFromAST(schema, type)])
    .filter(([, type]) => isNonNullType(type) || random.chance(0.5))
    .map(([name, type]) => [name, type && value(type)])
  return Object.fromEntries(fitting)
}

function value(type) {
  if (isNonNullType(type)) return value(type.ofType)
  if (isListType(type)) return [value(type.ofType)]
  if (isEnumType(type)) return type.getValues()[0].name
  if (isInputObjectType(type)) return object(type)
  return SCALARS[type.name]
}

/** An object with the fields that it needs. */
function object(type) {
  const needed = Object.values(type.getFields()).filter(isRequiredInputField)
  return Object.fromEntries(needed.map((field) => [field.name, value(field.type)]))
}
