// @ts-check
/** Why a number is not reached, from a profile: printed on the page below the table for as long as it is not. */

/**
 * `what` is tested against the row's title, `text` is a paragraph in Markdown.
 *
 * @type {{ step: string, what: RegExp, text: string }[]}
 */
export const explanations = [];
