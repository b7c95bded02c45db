import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { APP_ROLE } from '../role';

/**
 * Limits, money cases, sealed books, and a role for the application that may append to the books and never change them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const LIMITS = [
  `alter table links add column verified boolean not null default false`,
  // One counter for each person and rule; every verdict locks it, so that no two payments judge the same room.
  `create table limit_counters (
    person_key text not null references people,
    rule text not null,
    currency text not null,
    used_minor bigint not null default 0 check (used_minor >= 0),
    primary key (person_key, rule, currency)
  )`,
  `create table limit_reservations (
    payment_id uuid not null references payments,
    rule text not null,
    person_key text not null,
    currency text not null,
    amount_minor bigint not null check (amount_minor > 0),
    state text not null check (state in ('reserved', 'committed', 'released', 'lapsed')),
    reserved_at timestamptz not null,
    counts_until timestamptz not null,
    primary key (payment_id, rule),
    foreign key (person_key, rule, currency) references limit_counters
  )`,
  `create index limit_reservations_counting on limit_reservations (person_key, rule, counts_until)
    where state in ('reserved', 'committed')`,
  `create index limit_reservations_open on limit_reservations (reserved_at) where state = 'reserved'`,
  // In the database, so that the person's lock is held for one statement and not for the way to and fro of several.
  `create function reserve_room(payment uuid, person text, minor bigint, money text, at timestamptz,
      rules text[], mosts bigint[], untils timestamptz[]) returns text language plpgsql as $$
    declare
      known text;
      refused text;
    begin
      insert into limit_counters (person_key, rule, currency) select person, unnest(rules), money
        on conflict do nothing;
      perform from limit_counters where person_key = person order by rule, currency for update;
      select state into known from limit_reservations where payment_id = payment limit 1;
      if known is not null then return case known when 'released' then 'released' else 'reserved' end; end if;

      with lapsed as (
        update limit_reservations set state = 'lapsed'
        where person_key = person and rule = any (rules) and state in ('reserved', 'committed') and counts_until <= at
        returning rule, currency, amount_minor
      ), freed as (select rule, currency, sum(amount_minor) as total from lapsed group by rule, currency)
      update limit_counters c set used_minor = used_minor - freed.total from freed
        where c.person_key = person and c.rule = freed.rule and c.currency = freed.currency;

      update limit_counters c set used_minor = used_minor + minor from unnest(rules) as cap (rule)
        where c.person_key = person and c.rule = cap.rule and c.currency = money and not exists (
          select from limit_counters o join unnest(rules, mosts) as k (rule, most) using (rule)
          where o.person_key = person and o.currency = money and o.used_minor + minor > k.most);
      if not found and cardinality(rules) > 0 then
        select k.rule into refused from limit_counters o join unnest(rules, mosts) as k (rule, most) using (rule)
          where o.person_key = person and o.currency = money and o.used_minor + minor > k.most order by k.rule limit 1;
        return 'exceeded ' || refused;
      end if;
      insert into limit_reservations
          (payment_id, rule, person_key, currency, amount_minor, state, reserved_at, counts_until)
        select payment, cap.rule, person, money, minor, 'reserved', at, cap.until
        from unnest(rules, untils) as cap (rule, until);
      return 'reserved';
    end $$`,
];

const PAYMENTS = [
  `alter table payments drop constraint payments_state_check`,
  `alter table payments add constraint payments_state_check check (state in ('draft', 'replaced', 'cancelled',
    'started', 'charged', 'held', 'paid-out', 'unclaimed', 'paid', 'declined', 'refunding', 'refunded', 'reversed',
    'needs-operator'))`,
  `alter table payments add column changed_at timestamptz not null default now()`,
  `alter table payments add column looked_after_at timestamptz`,
  `create index payments_open on payments (changed_at)
    where state in ('started', 'charged', 'held', 'paid-out', 'unclaimed', 'refunding', 'needs-operator')`,
  `create index charges_by_capture on money_steps ((provider_ids ->> 'captureId')) where step = 'charge'`,
  `create index ledger_by_time on ledger_entries (recorded_at)`,
  `create table money_cases (
    case_id uuid primary key default gen_random_uuid(),
    source text not null unique,
    payment_id uuid references payments,
    kind text not null check (kind in
      ('unknown', 'held', 'in-review', 'unclaimed', 'reversed', 'sent-back', 'disputed', 'orphaned', 'break')),
    owner text not null,
    next_action text not null,
    detail jsonb not null default '{}',
    opened_at timestamptz not null,
    deadline timestamptz not null,
    settled_at timestamptz,
    settled_by text,
    outcome text,
    check ((settled_at is null) = (settled_by is null) and (settled_at is null) = (outcome is null))
  )`,
  `create index money_cases_open on money_cases (deadline) where settled_at is null`,
  `create index money_cases_by_payment on money_cases (payment_id)`,
];

/**
 * Seals follow one another in the order of `position`, whatever the order of the rows. A seal outlives the row that it
 * seals, so that a row that was taken away can be named: no foreign key.
 */
const BOOKS = [
  `create table ledger_seals (position bigint primary key, entry_id bigint not null unique, seal bytea not null)`,
  `create table ledger_days (
    day text primary key check (day ~ '^\\d{4}-\\d\\d-\\d\\d$'),
    entries int not null,
    seal bytea not null,
    sealed_at timestamptz not null default now()
  )`,
  ...['ledger_seals', 'ledger_days'].map(
    (table) => `create trigger ${table}_is_append_only before update or delete or truncate on ${table}
      for each statement execute function refuse_change()`,
  ),
];

/**
 * A role belongs to the whole server, so that another database may be making it at this moment, and a server may not
 * let us make one; then the triggers alone guard the books.
 */
const ROLE = [
  `do $$ begin
    create role ${APP_ROLE} nologin;
  exception when duplicate_object or unique_violation or insufficient_privilege then null;
  end $$`,
  `do $$ begin
    if not (select rolsuper from pg_roles where rolname = current_user) then
      execute format('grant ${APP_ROLE} to %I', current_user);
    end if;
  exception when undefined_object or unique_violation or insufficient_privilege or internal_error then null;
  end $$`,
  `do $$
    declare place text := quote_ident(current_schema());
  begin
    if not exists (select from pg_roles where rolname = '${APP_ROLE}') then return; end if;
    execute 'grant usage on schema ' || place || ' to ${APP_ROLE}';
    execute 'grant select, insert, update, delete on all tables in schema ' || place || ' to ${APP_ROLE}';
    execute 'alter default privileges in schema ' || place
      || ' grant select, insert, update, delete on tables to ${APP_ROLE}';
    revoke update, delete on ledger_entries, ledger_seals, ledger_days from ${APP_ROLE};
  end $$`,
];

const STATEMENTS = [...LIMITS, ...PAYMENTS, ...BOOKS, ...ROLE];
