import type { Need } from './explained';

/** Where a role would have to be held, by the scope kind of the policy line. */
const SCOPES: Record<string, (at: string | null) => string> = {
  reference: () => 'held anywhere',
  nation: () => 'held at the nation',
  subtree: (at) => `held at ${at ?? 'the division that it belongs to'}, or above`,
  located: (at) => `held at ${at ?? 'the division where it stands'}, or above`,
  enrolled: () => 'held at a division that has the person in a program of its own, or above',
  acted: () => 'held at a division where the person acted, or above',
  above: (at) => `held at or under ${at ?? 'the division that it belongs to'}`,
  facility: (at) => `held at ${at ?? 'its facility'}`,
  managed: (at) => `held at the facility that manages ${at ?? 'it'}`,
  program: (at) => `held at ${at ?? 'a program that it is part of'}, or above`,
  partnership: (at) => `held at ${at ?? 'a project that it is part of'}, or above`,
  self: () => 'held by whom it is about',
};

/** Where one of the roles would have to be held, in words. */
export function whereOf({ line, at }: Need): string {
  // p, role, resource, action, scope kind, columns, effect
  const scope = line.split(',')[4]?.trim() ?? '';
  const held = SCOPES[scope] ?? (() => `held in the scope ${scope}`);
  return held(at && (at.name ?? `its ${at.typeName}`));
}
