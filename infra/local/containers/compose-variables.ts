type Variables = Readonly<Record<string, string | undefined>>;

/**
 * `${NAME}`, `${NAME:-what it is otherwise}`, `${NAME:?why it has to be there}`: what compose.yaml uses of what there is.
 * Source: https://docs.docker.com/reference/compose-file/interpolation/
 */
const variable = /\$\{(?<name>\w+)(?::-(?<otherwise>[^}]*)|:\?(?<why>[^}]*))?\}/g;

/** The text as compose reads it. @throws Error that names a variable which has no value and needs one. */
export function interpolated(text: string, values: Variables): string {
  return text.replaceAll(variable, (_, name: string, otherwise: string | undefined, why: string | undefined) => {
    const value = values[name] || otherwise;
    if (value === undefined) throw new Error(`${name} has no value${why === undefined ? '' : `: ${why}`}`);
    return value;
  });
}

/** The variables that have a value of their own, which somebody may give another. */
export function defaultsIn(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(variable)].map(({ groups }) => [groups?.name, groups?.otherwise] as const);
  return Object.fromEntries(
    found.flatMap(([name, value]) => (name === undefined || value === undefined ? [] : [[name, value]])),
  );
}
