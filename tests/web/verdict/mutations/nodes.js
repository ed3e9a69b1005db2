// Nodes of documents, written as text.

import { Kind, parse, parseValue } from 'graphql'

/** Makes the literal another one, in its place. */
export function become(node, text) {
  for (const key of Object.keys(node)) delete node[key]
  Object.assign(node, parseValue(text, { noLocation: true }))
}

export const parts = (text) => parse(text, { noLocation: true }).definitions
export const selections = (text) => parts(text)[0].selectionSet.selections
export const field = (text) => selections(`{ ${text} }`)[0]
export const argument = (text) => field(`field(${text})`).arguments[0]
export const directive = (text) => field(`field ${text}`).directives[0]
export const variable = (text) => parts(`query (${text}) { __typename }`)[0].variableDefinitions[0]
export const named = (value) => ({ kind: Kind.NAME, value })
export const copy = (node) => structuredClone(node)
