/** A question of at most this many words can hardly be understood without the one before it. */
const SHORT_QUESTION_WORDS = 3;

/**
 * The words to search for: those of the question, and those of the one before it if the
 * question is as short as "and why?".
 */
export function searchText(question: string, earlierQuestion: string | undefined): string {
  const isShort = question.trim().split(/\s+/).length <= SHORT_QUESTION_WORDS;
  return isShort && earlierQuestion !== undefined ? `${question} ${earlierQuestion}` : question;
}
