const { default: Sequencer } = require('@jest/test-sequencer');

/** No path has this in it. */
const ALL_OTHERS = '*';

/**
 * The four long files come first, as many as run at a time: one that began last would run alone at the end, and on a
 * fresh clone Jest knows no durations. Then comes what waits for pages and processes, the longest of it first.
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
