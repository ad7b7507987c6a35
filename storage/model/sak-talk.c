/* sak-talk.c - what a question and an answer hold, read strictly and written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-talk.h"

#include <string.h>

#include "storage/model/sak-path.h"
#include "storage/model/sak-uuid.h"

static const char *const answer_codes[SAK_N_ANSWERS] = { "text", "version", "closed" };

const char *
sak_answer_kind_to_code (SakAnswerKind kind)
{
  return answer_codes[kind];
}

/* Of no length, longer than may be, or of blanks alone: no words. */
gboolean
sak_talk_is_text (const char *text)
{
  const char *at;

  if (text == NULL || g_utf8_strlen (text, -1) > SAK_TALK_MAX_TEXT)
    return FALSE;
  for (at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

/* The one key to which it goes. */
static const char *
read_to (const json_t *fields)
{
  const char *to = sak_json_get_text (fields, SAK_TO_PATH);

  return sak_kind_is_key (to) ? to : NULL;
}

gboolean
sak_question_read (const json_t       *fields,
                   SakQuestionFields  *ret_question)
{
  const json_t *urgent = json_object_get (fields, "urgent");
  const json_t *path = json_object_get (fields, "path");
  SakQuestionFields self = {
    .to = read_to (fields),
    .about = sak_json_get_text (fields, "about"),
    .version = sak_json_get_text (fields, "version"),
    .path = json_string_value (path),
    .text = sak_json_get_text (fields, SAK_TEXT_PATH),
    .is_urgent = json_is_true (urgent),
  };

  if (self.to == NULL || self.about == NULL || !sak_uuid_is_valid (self.about) || !sak_kind_is_key (self.version) ||
      !sak_talk_is_text (self.text) || (path != NULL && (self.path == NULL || !sak_path_is_valid (self.path))) ||
      (urgent != NULL && !json_is_boolean (urgent)))
    return FALSE;
  *ret_question = self;
  return TRUE;
}

json_t *
sak_question_to_fields (const SakQuestionFields *self)
{
  json_t *fields = json_pack ("{s:s, s:s, s:s, s:s}", SAK_TO_PATH, self->to, "about", self->about,
                              "version", self->version, SAK_TEXT_PATH, self->text);

  if (self->path != NULL)
    json_object_set_new (fields, "path", json_string (self->path));
  if (self->is_urgent)
    json_object_set_new (fields, "urgent", json_true ());
  return fields;
}

gboolean
sak_answer_read (const json_t     *fields,
                 SakAnswerFields  *ret_answer)
{
  const char *says = sak_json_get_text (fields, "says");
  const json_t *text = json_object_get (fields, SAK_TEXT_PATH);
  SakAnswerFields self = {
    .to = read_to (fields),
    .about = sak_json_get_text (fields, "about"),
    .question = sak_json_get_text (fields, "question"),
    .kind = SAK_N_ANSWERS,
    .text = json_string_value (text),
  };

  for (guint i = 0; says != NULL && i < SAK_N_ANSWERS; i++)
    if (g_str_equal (says, answer_codes[i]))
      self.kind = i;
  if (self.to == NULL || self.about == NULL || !sak_uuid_is_valid (self.about) || !sak_kind_is_key (self.question) ||
      self.kind == SAK_N_ANSWERS || (text != NULL && !sak_talk_is_text (self.text)) ||
      (text == NULL && self.kind == SAK_ANSWER_TEXT))
    return FALSE;
  *ret_answer = self;
  return TRUE;
}

json_t *
sak_answer_to_fields (const SakAnswerFields *self)
{
  json_t *fields = json_pack ("{s:s, s:s, s:s, s:s}", SAK_TO_PATH, self->to, "about", self->about,
                              "question", self->question, "says", answer_codes[self->kind]);

  if (self->text != NULL)
    json_object_set_new (fields, SAK_TEXT_PATH, json_string (self->text));
  return fields;
}

char *
sak_talk_clean_text (const char  *text,
                     GError     **error)
{
  g_autofree char *normal = text != NULL ? g_utf8_normalize (text, -1, G_NORMALIZE_NFC) : NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  if (normal != NULL && *g_strstrip (normal) == '\0')
    return NULL;
  if (normal != NULL && sak_talk_is_text (normal))
    return g_steal_pointer (&normal);
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a text of at most %d characters is wanted", SAK_TALK_MAX_TEXT);
  return NULL;
}
