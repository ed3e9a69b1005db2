// Where a document can be spoiled: its nodes with what the schema says of each.

import {
  getNamedType,
  getNullableType,
  isCompositeType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** All sites of a document, by their kind. Nodes are those of the document itself. */
export function sites(schema, document) {
  const info = new TypeInfo(schema)
  const found = {
    operations: document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION),
    fragments: document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION),
    fields: [],
    sets: [],
    spreads: [],
    inlines: [],
    values: [],
    arguments: [],
    variables: [],
    defaults: [],
    uses: [],
  }
  let definition
  const enter = {
    Field(node) {
      const field = { node, definition: info.getFieldDef(), type: getNamedType(info.getType()) }
      found.fields.push({ ...field, composite: isCompositeType(field.type) })
    },
    SelectionSet(node) {
      found.sets.push({ node, type: getNamedType(info.getParentType()) })
    },
    FragmentSpread(node) {
      found.spreads.push({ node })
    },
    InlineFragment(node) {
      found.inlines.push({ node })
    },
    Argument(node) {
      found.arguments.push({ node, type: info.getArgument()?.type })
    },
    VariableDefinition(node) {
      definition = node
      found.variables.push({ node, type: info.getInputType() })
    },
    Variable(node) {
      if (node !== definition?.variable) found.uses.push({ node, type: info.getInputType() })
    },
  }
  const value = (node) => {
    const type = info.getInputType()
    if (!type) return
    const site = { node, type, named: getNullableType(type) }
    found.values.push(site)
    if (definition) found.defaults.push(site)
  }
  const literals = [Kind.INT, Kind.FLOAT, Kind.STRING, Kind.BOOLEAN, Kind.ENUM, Kind.LIST, Kind.OBJECT]
  const visitor = {
    enter(node) {
      enter[node.kind]?.(node)
      if (literals.includes(node.kind)) value(node)
    },
    leave(node) {
      if (node.kind === Kind.VARIABLE_DEFINITION) definition = undefined
    },
  }
  visit(document, visitWithTypeInfo(info, visitor))
  return found
}
