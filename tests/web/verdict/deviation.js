// Where the server's library, async-graphql 7.2.1, is known to judge otherwise than
// graphql-js. None of it shows anyone more than the caller may read: what a field
// gives is decided when it runs.

/** What the library does, of which documents, and its verdict on them. */
export const DEVIATIONS = [
  {
    says: 'fields are compared within one selection, not across the selections of one field: the last one is answered',
    verdict: 'valid',
    of: spoiledBy('two fields of one name within one field', 'two shapes of one name on two types'),
  },
  {
    says: 'of a field of an input that is given twice the last one counts',
    verdict: 'valid',
    of: spoiledBy('a field of an input twice'),
  },
  {
    says: 'nothing of `__typename` is looked at but its name',
    verdict: 'valid',
    of: spoiledBy(
      'a selection of the name of a type',
      'an argument of the name of a type',
      'an unknown directive of the name of a type',
    ),
  },
  {
    says: 'directives of a variable are not looked at',
    verdict: 'valid',
    of: spoiledBy('a directive on a variable'),
  },
  {
    says: 'directives of a variable are expected before its default, not behind it',
    verdict: 'unreadable',
    of: spoiledBy("a directive behind a variable's default"),
  },
  {
    says: 'names of operations and fragments that are given twice, and what is no operation, are found when it parses',
    verdict: 'unreadable',
    of: spoiledBy(
      'a fragment twice',
      'a type among operations',
      'an operation without a name beside another',
      'two operations of one name',
    ),
  },
]

function spoiledBy(...kinds) {
  return ({ kind }) => kinds.includes(kind)
}
