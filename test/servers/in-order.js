const { default: Sequencer } = require('@jest/test-sequencer');

/** No path has this in it. */
const ALL_OTHERS = '*';

/**
 * The long files come first, the longest of all before them: together they keep the processors busy, while one that
 * began last would run alone at the end, and on a fresh clone Jest knows no durations. What waits for pages and
 * processes runs beside the last of them, which is the one that waits least itself.
 */
const ORDER = [
  'unclaimed-thousand',
  'model/first-half',
  'model/second-half',
  'money/orders/',
  'stack/survival',
  'test/desk/',
  ALL_OTHERS,
];

/** Begins the long files first, and leaves the others to Jest. */
module.exports = class LongOnesFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => ORDER.indexOf(ORDER.find((part) => path.includes(part)) ?? ALL_OTHERS);
    return super.sort(tests).toSorted((one, other) => place(one) - place(other));
  }
};
