const ELLIPSIS = '…';

/** Without a language: the rules that Unicode gives for all of them. */
const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The text in pieces of at most `longest` UTF-16 units, in order and with nothing but white space lost between them:
 * cut at the end of a sentence, else between words, and inside a word (never inside a character) only where the word
 * alone is too long.
 */
export function splitText(text: string, longest: number): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > longest) {
    const cut = sentenceEnd(rest, longest) || wordEnd(rest, longest) || characterEnd(rest, longest);
    pieces.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

/** The title, or as many of its whole words as fit before an ellipsis. White space around it is dropped. */
export function cutTitle(title: string, longest: number): string {
  const whole = title.trim();
  if (whole.length <= longest) return whole;
  const room = longest - ELLIPSIS.length;
  const cut = wordEnd(whole, room) || characterEnd(whole, room);
  return whole.slice(0, cut).trimEnd() + ELLIPSIS;
}

/** Scripts without spaces end a sentence by the sign alone; elsewhere a sign without a space may stand in an address. */
const ENDS_WITHOUT_SPACE = /[。！？｡]$/u;

/** Where the last sentence that fits ends; 0 if the first one is too long. */
function sentenceEnd(text: string, longest: number): number {
  // A space and the next letter more than fits: only then is it known that a sentence ends, and not just the window.
  const beginning = text.slice(0, longest + 2);
  let last = 0;
  for (const { index, segment } of sentences.segment(beginning)) {
    const end = index + segment.trimEnd().length;
    if (index + segment.length >= beginning.length || end > longest) break;
    if (end < index + segment.length || ENDS_WITHOUT_SPACE.test(segment)) last = end;
  }
  return last;
}

/** Where the last word that fits ends; 0 if the first one is too long. */
function wordEnd(text: string, longest: number): number {
  for (let at = longest; at > 0; at -= 1) if (/\s/.test(text.charAt(at))) return at;
  return 0;
}

/** Where the last character that fits ends; at least one character, so that it always goes on. */
function characterEnd(text: string, longest: number): number {
  const { index } = graphemes.segment(text).containing(longest) ?? { index: longest };
  if (index > 0) return index;
  return isFirstHalf(text, longest - 1) && longest > 1 ? longest - 1 : longest;
}

function isFirstHalf(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff;
}
