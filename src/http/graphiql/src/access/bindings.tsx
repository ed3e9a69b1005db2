import { BoundDivision } from './tree';
import { roleOf } from './roles';
import type { Binding } from './viewer';

/** The roles that the caller holds, each with its scope in words. */
export function Bindings({ bindings, total }: { bindings: Binding[]; total: number }) {
  return (
    <section aria-label="Your roles">
      <h3>Your roles</h3>
      {bindings.length === 0 ? (
        <p>You hold no role, so nothing but your own name is open to you.</p>
      ) : (
        bindings.map((binding) => <Held key={binding.id} binding={binding} />)
      )}
      {total > bindings.length ? <p>And {total - bindings.length} more.</p> : null}
    </section>
  );
}

function Held({ binding }: { binding: Binding }) {
  const { title, opens, opensAtNation = '' } = roleOf(binding.role ?? 'a role');
  const target = targetOf(binding);
  const nation = binding.division?.level === 'NATION';
  return (
    <article className="role">
      <p>
        <strong>
          {capitalized(title)} of {target.name}
        </strong>
        {target.reach}: {opens}
        {nation ? opensAtNation : null}.
      </p>
      <p className="aside">
        role <code>{binding.role}</code> · {target.kind} · {timeOf(binding)}
      </p>
      {binding.division ? <BoundDivision division={binding.division} /> : null}
    </article>
  );
}

interface Target {
  kind: string;
  name: string;
  /** What the role reaches besides the target itself. */
  reach: string;
}

function targetOf({ division, facility, program, partnership }: Binding): Target {
  if (division) {
    const name = division.name ?? 'a division';
    return { kind: `division ${division.code ?? ''}`, name, reach: ' and everything under it' };
  }
  if (facility) {
    const by = facility.administeredBy?.name;
    return {
      kind: by ? `facility of ${by}` : 'facility',
      name: facility.name ?? 'a facility',
      reach: ' and the facilities that it manages',
    };
  }
  if (program) {
    const name = program.name ?? 'a program';
    return { kind: 'program', name, reach: ' and every program under it' };
  }
  if (partnership) {
    const name = partnership.name ?? 'a project';
    return { kind: 'partnership project', name, reach: ' and every project under it' };
  }
  return { kind: 'target', name: 'a target that you may not read', reach: '' };
}

function timeOf({ validFrom, validUntil }: Binding): string {
  const from = validFrom && new Date(validFrom);
  const until = validUntil && new Date(validUntil);
  if (until && until <= new Date()) {
    return `ended ${until.toLocaleString()}`;
  }
  if (from && from > new Date()) {
    return `begins ${from.toLocaleString()}`;
  }
  const since = from ? `since ${from.toLocaleString()}` : '';
  const end = until ? `until ${until.toLocaleString()}` : 'no end';
  return [since, end].filter(Boolean).join(', ');
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
