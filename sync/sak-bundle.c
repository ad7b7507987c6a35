/* sak-bundle.c - the signed, encrypted archive that travels
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-bundle.h"

#include <string.h>

#include "sync/sak-bundle-private.h"
#include "sync/sak-card.h"
#include "sync/sak-countersign.h"

void
sak_bundle_report_free (SakBundleReport *self)
{
  if (self == NULL)
    return;
  g_free (self->sender_name);
  g_free (self->sender_code);
  g_clear_pointer (&self->record_ids, g_ptr_array_unref);
  g_clear_pointer (&self->news_ids, g_ptr_array_unref);
  g_clear_error (&self->receipt_error);
  g_clear_pointer (&self->notice, sak_notice_outcome_free);
  g_clear_error (&self->notice_error);
  g_clear_pointer (&self->news, g_ptr_array_unref);
  g_clear_error (&self->news_error);
  g_free (self);
}

/* @sender: NULL while unknown; there is no code then, which needs both of its keys. */
SakBundleReport *
sak_bundle_report_new (const SakPreamble *preamble,
                       const SakContact  *sender)
{
  SakBundleReport *self = g_new0 (SakBundleReport, 1);

  self->n_recipients = preamble->n_recipients;
  memcpy (self->sender_key, preamble->sender_key, sizeof self->sender_key);
  self->sender_trust = SAK_TRUST_SEEN;
  if (sender != NULL)
    {
      self->sender_name = g_strdup (sender->name);
      self->sender_code = sak_card_get_code (sender);
      self->sender_trust = sender->trust;
    }
  self->time = preamble->time;
  self->total_bytes = preamble->total_bytes;
  self->n_files = preamble->n_files;
  self->record_ids = g_ptr_array_new_with_free_func (g_free);
  self->news_ids = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static SakBundleReport *
report_arrived (const SakBundleReader *reader)
{
  SakBundleReport *report = sak_bundle_report_new (&reader->preamble, reader->sender);

  report->is_for_us = TRUE;
  report->sequence = reader->announced->sequence;
  return report;
}

/**
 * sak_bundle_create:
 * @plan: as shown to the person, made from the vault as it is now
 *
 * EXISTS, CONSENT (everything stays), NOT_FOUND (nothing to send), CONFLICT (a record changed
 * since the plan was made), TOO_LARGE, DAMAGED (the
 * store is not what it was), NO_SPACE, IO. On failure or cancelling nothing is left.
 */
SakBundleReport *
sak_bundle_create (SakVault             *vault,
                   const SakExportPlan  *plan,
                   const char           *filename,
                   SakProgressFunc       progress,
                   gpointer              progress_data,
                   GCancellable         *cancellable,
                   GError              **error)
{
  SakMeter meter = { progress, progress_data, cancellable, 0, 0, 0 };
  SakBundleReport *report = NULL;
  gboolean is_written;

  g_return_val_if_fail (plan != NULL && filename != NULL, NULL);

  sak_vault_begin_sparing (vault);
  is_written = sak_bundle_write (vault, plan, filename, &meter, &report, error);
  sak_vault_end_sparing (vault);
  return is_written ? report : NULL;
}

/**
 * sak_bundle_inspect:
 *
 * Somebody else's bundle and an unknown or revoked sender are no failures here; the
 * report says so. FORGED, DAMAGED, TRUNCATED, INVALID and TOO_NEW are.
 */
SakBundleReport *
sak_bundle_inspect (SakVault      *vault,
                    const char    *filename,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (SakBundleReader) reader = NULL;
  g_autoptr (GError) open_error = NULL;

  reader = sak_bundle_reader_open (vault, filename, cancellable, &open_error);
  if (reader == NULL && g_error_matches (open_error, SAK_ERROR, SAK_ERROR_NOT_FOR_US))
    {
      SakBundleReport *report = g_new0 (SakBundleReport, 1);

      report->record_ids = g_ptr_array_new_with_free_func (g_free);
      return report;
    }
  if (reader == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&open_error));
      return NULL;
    }
  if (!sak_bundle_reader_verify (reader, error))
    return NULL;
  return report_arrived (reader);
}

SakBundleReport *
sak_bundle_verify (SakVault         *vault,
                   const char       *filename,
                   SakProgressFunc   progress,
                   gpointer          progress_data,
                   GCancellable     *cancellable,
                   GError          **error)
{
  SakMeter meter = { progress, progress_data, cancellable, 0, 0, 0 };
  g_autoptr (SakBundleReader) reader = sak_bundle_reader_open (vault, filename, cancellable, error);
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (GPtrArray) new_entries = NULL;

  if (reader == NULL || !sak_bundle_reader_check (reader, error))
    return NULL;
  report = report_arrived (reader);
  meter.total_bytes = reader->preamble.total_bytes;
  if (!sak_bundle_stage (reader, NULL, &meter, report, &new_entries, error))
    return NULL;
  sak_meter_finish (&meter);
  report->is_verified = TRUE;
  return g_steal_pointer (&report);
}

/* A bundle may come late: the list never gets shorter. */
static void
advance_stream (const SakBundleReader *reader,
                SakStream             *ret_after)
{
  const SakPreambleRecipient *announced = reader->announced;

  *ret_after = reader->stream;
  memcpy (ret_after->id, announced->stream_id, sizeof ret_after->id);
  ret_after->sequence = announced->sequence;
  /* So much of our receipts has come to the sender. */
  ret_after->n_acknowledged = announced->base_count;
  if (announced->new_count > reader->stream.n_entries)
    {
      ret_after->n_entries = announced->new_count;
      memcpy (ret_after->head, announced->new_head, sizeof ret_after->head);
    }
}

/* After the bundle, in a transaction of its own: one that says nothing new, or is of before a vault was put
 * back, changes nothing about what came with it. One that a crash keeps from being taken is in the next bundle.
 */
static void
take_receipt (SakBundleReader *reader,
              SakBundleReport *report)
{
  report->has_receipt = reader->receipt != NULL;
  if (reader->receipt != NULL &&
      !sak_countersign_take_sealed (reader->vault, reader->receipt, reader->sender, &report->receipt,
                                    &report->receipt_error))
    memset (&report->receipt, 0, sizeof report->receipt);
}

/* Whoever brought it: its signer is whom this vault's people chose to believe. */
static void
take_notice (SakVault         *vault,
             SakBundleReport  *report)
{
  g_autoptr (SakNoticeOutcome) outcome = sak_notice_apply (vault, &report->notice_error);

  if (outcome != NULL && (outcome->number > 0 || outcome->tells_fork))
    report->notice = g_steal_pointer (&outcome);
}

/* @ids: of the versions that came. */
static void
take_news (SakVault         *vault,
           GPtrArray        *ids,
           SakBundleReport  *report)
{
  /* What could not be taken keeps nothing else from being told. */
  if (!sak_vault_take_news (vault, &report->news_error))
    g_debug ("forms or terms of the network wait");
  report->news = g_ptr_array_new_with_free_func (sak_news_free);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GError) local_error = NULL;
      SakNews *news = sak_vault_tell_news (vault, ids->pdata[i], &local_error);

      if (local_error != NULL && report->news_error == NULL)
        report->news_error = g_steal_pointer (&local_error);
      if (news != NULL)
        g_ptr_array_add (report->news, news);
    }
}

/**
 * sak_bundle_import:
 *
 * Beside what sak_bundle_verify() refuses: REPLAYED, NO_SPACE.
 */
SakBundleReport *
sak_bundle_import (SakVault         *vault,
                   const char       *filename,
                   SakProgressFunc   progress,
                   gpointer          progress_data,
                   GCancellable     *cancellable,
                   GError          **error)
{
  SakMeter meter = { progress, progress_data, cancellable, 0, 0, 0 };
  g_autoptr (SakBundleReader) reader = sak_bundle_reader_open (vault, filename, cancellable, error);
  g_autoptr (SakArrival) arrival = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (GPtrArray) new_entries = NULL;
  SakStream after;

  if (reader == NULL || !sak_bundle_reader_check (reader, error))
    return NULL;
  if (reader->is_replay)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_REPLAYED, "this bundle was imported before");
      return NULL;
    }
  if (!sak_bundle_reader_check_space (reader, error))
    return NULL;
  report = report_arrived (reader);
  meter.total_bytes = reader->preamble.total_bytes;
  arrival = sak_vault_begin_arrival (vault, reader->sender, error);
  if (arrival == NULL || !sak_bundle_stage (reader, arrival, &meter, report, &new_entries, error))
    return NULL;
  advance_stream (reader, &after);
  if (!sak_arrival_commit (arrival, &after, new_entries, reader->preamble.tag_digest, error))
    return NULL;
  take_receipt (reader, report);
  take_notice (vault, report);
  take_news (vault, report->news_ids, report);
  sak_meter_finish (&meter);
  report->is_verified = TRUE;
  return g_steal_pointer (&report);
}
