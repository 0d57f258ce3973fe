/**
 * How long it is remembered that an event was handled: markers, tombstones and closed reservations live this long, in
 * seconds. Longer than a topic keeps events, so that nothing still on the bus can be taken for new; the settings refuse an
 * `EVENT_RETENTION` that is not shorter.
 */
export const rememberedSeconds = 14 * 86_400;

/** No access token may live longer, in milliseconds: so long after a user is gone, theirs may still do something. */
export const longestAccessTokenMs = 3_600_000;
