import { services } from '../../functions/services.ts';
import { contracts } from '../../shared/events/registry.ts';
import { Role } from '../../shared/security/principal.ts';
import { type HouseRule, isIn, isTest } from './source-file.ts';
import { childrenOf, fieldOf, type SyntaxNode, syntaxOf } from './syntax.ts';

/** Words that mean something else as well: roles, and the coding of a body that is sent as it is (RFC 9110, section 8.4.1). */
const otherMeanings: ReadonlySet<string> = new Set([...Role.options, 'identity']);

const ofServices: ReadonlySet<string> = new Set([
  ...services.map(({ name }) => name).filter((name) => !otherMeanings.has(name)),
  ...services.flatMap(({ problems, settings, endpoints, subscribers }) => [
    ...Object.keys(problems),
    ...Object.keys(settings?.shape ?? {}),
    ...[...endpoints, ...subscribers].map(({ name }) => name),
  ]),
  ...contracts.map(({ type }) => type),
]);

const routes = services.flatMap(({ endpoints }) => endpoints.map(({ route }) => route));

/** A route at the root may be a word of the language: it is meant where it stands as a path. */
const names = (text: string, route: string) =>
  route.includes('/') ? text.includes(route) : new RegExp(`/${route}(?![\\w.-])`).test(text);

/** What shared/ would know of one service by name, it would have to learn of the next one too. */
export const sharedNamesNoService: HouseRule = (files) =>
  files
    .filter((file) => isIn(file, 'shared') && !isIn(file, 'shared/events/contracts') && !isTest(file))
    .flatMap((file) =>
      textsIn(syntaxOf(file))
        .filter((text) => ofServices.has(text) || routes.some((route) => names(text, route)))
        .map((text) => ({
          path: file.path,
          rule: `shared/ names nothing of a service ("${text}")`,
          remedy: 'let the service hand it in, or move it into shared/events/contracts',
        })),
    );

/** The texts of a program, of which comments are no part: an example may name whom it likes. */
function textsIn(node: SyntaxNode): readonly string[] {
  const value = fieldOf(node, 'value');
  const own = typeof value === 'string' ? [value] : [];
  return [...own, ...childrenOf(node).flatMap(textsIn)];
}
