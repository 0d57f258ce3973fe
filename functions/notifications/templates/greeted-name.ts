/** As long as the name that mails come from may be. */
const longest = 70;
/** What mail programs make a link of: an address of any kind, also without its scheme. */
const linkLike = /[/@]|[\p{L}\p{N}][.\u3002\uff0e\uff61]\p{L}{2}/u;

/**
 * The name that a letter begins with; none where it might be no name. Whoever registers under another's address writes the name,
 * too: so a stranger could have us send them an advertisement, or a link.
 */
export function greetedName(name: string | undefined): string | undefined {
  return name === undefined || name.length > longest || linkLike.test(name) ? undefined : name;
}
