/** The most bytes of one answer (https://learn.microsoft.com/azure/cosmos-db/concepts-limits#per-request-limits). */
export const mostAnswerBytes = 4 * 1024 * 1024;
