// Documents that would cost much to parse, to validate or to run, each with the
// status that it gets and what the message must say: the limit that it is above, or
// what is wrong with it.

const repeated = (count, text) => Array.from({ length: count }, (_, place) => text(place)).join(' ')
const tower = (height, open, close) => open.repeat(height) + close.repeat(height)
const named = (literal) => `{ staff(filter: { name: { eq: ${literal} } }) { totalCount } }`

export const HOSTILE = [
  // Aliases and directives.
  ['15,000 aliases', `{ ${repeated(15_000, (n) => `a${n}:id`)} }`, 422, 'more tokens than the 10000'],
  [
    '1,000 aliases',
    `{ viewer { ${repeated(1_000, (n) => `a${n}:name`)} } }`,
    422,
    'more aliases than the 500',
  ],
  ['5,000 directives', `{ viewer { name ${'@a'.repeat(4_900)} } }`, 422, 'more directives than the 200'],

  // Brackets, 50,000 deep.
  ['a tower of selections', `{ ${tower(50_000, 'a{', '}')} }`, 422, 'more open brackets than the 64'],
  ['a tower of lists', named(tower(50_000, '[', ']')), 422, 'more open brackets than the 64'],
  ['a tower of objects', named(tower(50_000, '{a:', '}')), 422, 'more open brackets than the 64'],
  ['a tower of types', `query ($a: ${tower(50_000, '[', ']')}) { a }`, 422, 'more open brackets than the 64'],
  ['lists that are never closed', named('['.repeat(200_000)), 422, 'more open brackets than the 64'],

  // Fragments without an end.
  [
    'a fragment that leads to itself',
    '{ ...A } fragment A on Query { ...A }',
    422,
    'more fields than the 5000',
  ],
  [
    'fragments that lead to each other',
    '{ ...A } fragment A on Query { ...B ...B } fragment B on Query { ...A ...A }',
    422,
    'more fields than the 5000',
  ],
  [
    'fragments that double at each step',
    `{ ...F0 } ${repeated(30, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)} fragment F30 on Query { viewer { name } }`,
    422,
    'more fields than the 5000',
  ],

  // Long tokens. Text is just long; nobody has such a name.
  ['a string of 200 kB', named(`"${'x'.repeat(200_000)}"`), 200],
  ['a string of 33,000 escapes', named(`"${'\\u0041'.repeat(33_000)}"`), 200],
  ['a block of 200 kB', named(`"""${'x '.repeat(100_000)}"""`), 200],
  ['a block of 50,000 lines', named(`"""${'x\n'.repeat(50_000)}"""`), 200],
  ['a block that is never closed', named(`"""${'"" '.repeat(50_000)}`), 400, 'expected'],
  [
    'a number of 100,000 digits',
    `{ staff(first: ${'9'.repeat(100_000)}) { totalCount } }`,
    400,
    'invalid number',
  ],
  ['a fraction of 100,000 digits', `{ staff(first: 1.${'9'.repeat(100_000)}) { totalCount } }`, 422, 'first'],
  ['200,000 commas', `{ viewer { name } }${','.repeat(200_000)}`, 200],

  // Wide documents.
  [
    'a list in a fragment of 500 operations',
    `${repeated(500, (n) => `query Q${n} { ...F }`)} fragment F on Query ${named(`[${repeated(900, () => '"a"')}]`)}`,
    422,
    'more values in arguments than the 10000',
  ],
  ['3,000 operations', repeated(3_000, (n) => `query Q${n} { a }`), 422, 'more tokens than the 10000'],
  [
    '2,000 fields at the root',
    `{ ${'viewer { name } '.repeat(2_000)} }`,
    422,
    'more fields at its root than the 50',
  ],
  [
    'pages of pages of pages of pages',
    '{ divisions(first: 200) { nodes { facilitiesLocated(first: 200) { nodes { staff(first: 200) { nodes { name } } } } } } }',
    422,
    'more values in pages in pages than the 1000000',
  ],
]
