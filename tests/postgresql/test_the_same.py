"""What must be the same on PostgreSQL where the rest runs on SQLite: casting, the close, the schema."""

from __future__ import annotations

# ruff: noqa: F401 - tests and fixtures of these files, on this folder's database
from tests.test_ballots import (
    room,
    test_a_ballot_of_another_event_is_gone,
    test_a_newer_tap_replaces_an_older_one,
    test_an_older_tap_that_arrives_late_is_told_what_is_stored,
    test_in_one_batch_the_highest_number_wins_whatever_the_order,
    test_reopened_scoring_takes_answers_again_and_kept_the_old_ones,
    test_the_same_tap_sent_twice_counts_once_and_is_answered_alike,
    test_the_stake_button_and_taking_it_back_leave_the_scores_alone,
    test_without_a_number_the_next_one_is_taken,
)
from tests.test_migrations import (
    test_a_database_of_a_newer_version_is_left_alone,
    test_the_migrated_schema_is_the_one_of_the_models,
)
