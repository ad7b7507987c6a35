/* sak-export-plan-private.h - the parts of an export plan
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-export-plan.h"

G_BEGIN_DECLS

GPtrArray     *sak_export_plan_find_candidates (SakVault          *vault,
                                                GPtrArray         *recipients,
                                                const char *const *record_ids,
                                                guint             *ret_n_again,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Before something is put into a table or list of an item: an empty one is shared by all. */
GHashTable    *sak_plan_item_own_set           (GHashTable       **member);
GPtrArray     *sak_plan_item_own_list          (GPtrArray        **member,
                                                GDestroyNotify     free_element);

/* Judging. The stricter verdict is the greater. */
SakPlanVerdict sak_export_plan_judge           (const SakExportPlan *self,
                                                const char        *kind,
                                                const json_t      *fields);
gboolean       sak_export_plan_judge_record    (const SakExportPlan *self,
                                                SakVault          *vault,
                                                const char        *record_id,
                                                GPtrArray         *heads,
                                                SakPlanVerdict    *ret_verdict,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean       sak_export_plan_judge_item      (const SakExportPlan *self,
                                                SakVault          *vault,
                                                const char        *record_id,
                                                GPtrArray         *heads,
                                                SakPlanVerdict    *ret_verdict,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* DAMAGED where a record has revisions and no head. */
GPtrArray     *sak_export_plan_load_heads      (SakVault          *vault,
                                                const char        *record_id,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Records that a row of these fields is about. */
void           sak_export_plan_note_mentions   (SakExportPlan     *self,
                                                const json_t      *fields);
gboolean       sak_export_plan_list_refusing   (const SakExportPlan *self,
                                                SakVault          *vault,
                                                GHashTable       **ret_refusing,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
char          *sak_export_plan_get_conditions  (const SakExportPlan *self,
                                                const json_t      *fields);

/* Names and numbers in texts. */
void           sak_plan_hit_free               (gpointer           self);
gboolean       sak_export_plan_scan            (SakExportPlan     *self,
                                                SakVault          *vault,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Once all is found in an item. */
gboolean       sak_export_plan_apply_choices   (SakExportPlan     *self,
                                                SakPlanItem       *item,
                                                SakVault          *vault,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Fields that are kept whoever is named in them. */
gboolean       sak_export_plan_apply_kept      (const SakExportPlan *self,
                                                SakPlanItem       *item,
                                                SakVault          *vault,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean       sak_export_plan_choose_kept     (const SakExportPlan *self,
                                                SakVault          *vault,
                                                const SakPlanItem *item,
                                                const char        *path,
                                                SakChoice          choice,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Places. */
gboolean       sak_export_plan_find_place_level (SakVault         *vault,
                                                const char        *record_id,
                                                SakPlaceLevel     *ret_level,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean       sak_export_plan_tells_place     (const char        *path,
                                                const json_t      *value,
                                                SakPlaceLevel      level);

/* Media. */
void           sak_plan_kept_file_free         (gpointer           self);
void           sak_plan_item_note_media        (SakPlanItem       *self,
                                                SakRevision       *revision);
GPtrArray     *sak_plan_item_list_media        (const SakPlanItem *self,
                                                const json_t      *fields);
gboolean       sak_export_plan_settle_media    (SakExportPlan     *self,
                                                SakVault          *vault,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean       sak_plan_item_check_media       (const SakPlanItem *self,
                                                const SakExportPlan *plan,
                                                SakVault          *vault,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
