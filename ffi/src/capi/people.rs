//! People: what users say of themselves (R27).

use super::input;
use super::outcome::{self, Ending, part, with_error};
use super::types::*;
use super::view::Views;
use bumpalo::Bump;
use seenby_client::{Answer, Command, Result};
use std::ffi::c_void;

impl Ending for seenby_profiles_fn {
    fn end(self, user_data: *mut c_void, result: Result<Answer>) {
        let Some(callback) = self else { return };
        let profiles = part(result, |answer| match answer {
            Answer::Profiles(profiles) => Some(profiles),
            _ => None,
        });
        let bump = Bump::new();
        let views = Views::new(&bump);
        with_error(&views, profiles, |error, profiles| {
            let profiles = profiles.unwrap_or_default();
            let list = views.list(&profiles, |views, profile| views.profile(profile));
            // SAFETY: the host's function, with what it was given to be called with.
            unsafe { callback(user_data, error, list, profiles.len()) }
        });
    }
}

/// Sets what one says of oneself: the documented setSelfInfo (R27). Messages and member lists carry it from then on.
///
/// @param client    The client.
/// @param nick_name At most 256 bytes; an empty text clears it. NULL leaves it as it is.
/// @param face_url  At most 512 bytes; an empty text clears it. NULL leaves it as it is.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes when the service has it.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 both are NULL, or one is too long; 9508 the line is down.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_set_self_info(
    client: *mut seenby_client_t,
    nick_name: *const seenby_str_t,
    face_url: *const seenby_str_t,
    user_data: *mut c_void,
    callback: seenby_done_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the texts are there for the call, or NULL.
        let (nick_name, face_url) =
            unsafe { (input::nullable("nick name", nick_name)?, input::nullable("face URL", face_url)?) };
        Ok(Command::SetProfile { nick_name: nick_name.map(Into::into), face_url: face_url.map(Into::into) })
    })
}

/// What users say of themselves: the documented getUsersInfo (R27).
///
/// @param client    The client.
/// @param users     Their ids. Borrowed for the call.
/// @param count     How many; at least 1.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes with the profiles.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 an empty list, a wrong id; 9508 the line is down.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_get_users_info(
    client: *mut seenby_client_t,
    users: *const seenby_str_t,
    count: usize,
    user_data: *mut c_void,
    callback: seenby_profiles_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the ids are there for the call.
        let users = unsafe { input::users("users", users, count) }?;
        Ok(Command::GetProfiles { users })
    })
}
