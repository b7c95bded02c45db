/** A person's picture; their name stands beside it, so it says nothing to a screen reader. */
export function Avatar({ psid }: { psid: string }) {
  return <img class="avatar" src={`pictures/${psid}.svg`} alt="" width={32} height={32} />;
}

/** The first letters of a name that has no picture: the page, a persona. */
export function Initials({ name }: { name: string }) {
  const letters = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('');
  return (
    <span class="avatar initials" aria-hidden="true">
      {letters}
    </span>
  );
}
