import { useState } from 'react';
import type { Persona } from '../settings';

const STORED_NAME = 'grassroots:persona';

/** The persona of this browser tab: the one picked before, or the first. */
export function rememberedPersona(personas: Persona[]): Persona | undefined {
  const name = sessionStorage.getItem(STORED_NAME);
  return personas.find((persona) => persona.name === name) ?? personas[0];
}

interface Props {
  personas: Persona[];
  onPick: (token: string) => void;
}

/** Lets a visitor of the demonstration ask as one of its users. */
export function PersonaPicker({ personas, onPick }: Props) {
  const [picked, setPicked] = useState(() => rememberedPersona(personas)?.name);
  const pick = (name: string) => {
    const persona = personas.find((candidate) => candidate.name === name);
    if (persona) {
      sessionStorage.setItem(STORED_NAME, name);
      setPicked(name);
      onPick(persona.token);
    }
  };
  return (
    <label className="persona">
      <span>Persona</span>
      <select value={picked} onChange={(event) => pick(event.target.value)}>
        {personas.map(({ name, description }) => (
          <option key={name} value={name}>
            {name}: {description}
          </option>
        ))}
      </select>
    </label>
  );
}
