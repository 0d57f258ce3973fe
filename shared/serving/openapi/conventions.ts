/** What holds for the whole API, for whoever opens its description for the first time. Markdown. */
export const conventions = `The API of Lagerhaus, a retail back office.

**Who you are.** Every operation needs an access token (\`Authorization: Bearer …\`), save those that say that they are for
everybody. Roles are in the token, and so is the tenant: nobody sees the data of another. What an operation needs is in its
description, and in \`x-roles\` for programs. Whoever has no role that may ask
about others sees and changes only what is their own, whatever roles they have besides.

**What you send.** JSON in camelCase; the operations of \`auth\` and \`users\` follow OAuth: snake_case. A field or query
parameter that is not known is refused, so that a slip of the pen does not pass unnoticed. Money is a number with at most two
decimals; times are ISO 8601 in UTC.

**Lists** answer \`items\` and, where there is more, a \`continuation\` to ask for the next page with. They follow writes within
moments; reading one thing by its id shows what is there now.

**Twice is once.** A \`POST\` takes an \`Idempotency-Key\`: repeated under the same one, it is done once, whatever the network
does. An \`ETag\` is the version of a thing; with \`If-Match\` a change is done only to the version that you have seen.

**What goes wrong** is a problem document (RFC 9457). Decide by its \`type\`; each operation lists those that it answers with.

Every answer to \`GET\` can be had by \`HEAD\`, without its body. A slash at the end of a path changes nothing.`;
