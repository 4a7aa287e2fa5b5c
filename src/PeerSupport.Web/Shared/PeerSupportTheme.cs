using MudBlazor;
using MudBlazor.Utilities;

namespace PeerSupport.Web.Shared;

/// <summary>
/// MudBlazor in the colours and type of css/tokens.css. The table at the foot of that file says which token is which
/// role here; a test compares the two row by row.
/// </summary>
public static class PeerSupportTheme
{
    /// <summary>Day and night.</summary>
    public static readonly MudTheme Value = new()
    {
        PaletteLight = Painted(new PaletteLight(), night: false),
        PaletteDark = Painted(new PaletteDark(), night: true),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"], FontSize = "var(--fs-body)", LineHeight = "var(--lh)", LetterSpacing = "normal" },
            H1 = new H1Typography { FontSize = "var(--fs-h1)", FontWeight = "650", LineHeight = "var(--lh-tight)", LetterSpacing = "normal" },
            H2 = new H2Typography { FontSize = "var(--fs-h2)", FontWeight = "650", LineHeight = "var(--lh-tight)", LetterSpacing = "normal" },
            H3 = new H3Typography { FontSize = "var(--fs-h3)", FontWeight = "650", LineHeight = "var(--lh-tight)", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontSize = "var(--fs-body)", LineHeight = "var(--lh)", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontSize = "var(--fs-small)", LineHeight = "var(--lh)", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontSize = "var(--fs-small)", FontWeight = "600", TextTransform = "none", LetterSpacing = "normal" },
        },
    };

    private static T Painted<T>(T palette, bool night) where T : Palette
    {
        MudColor Ink(string atDay, string atNight) => new(night ? atNight : atDay);
        var text = Ink("#1d2728", "#ece8df");
        var quiet = Ink("#4b5758", "#b4bcb7");
        var surface = Ink("#fffefb", "#1b2323");
        var line = Ink("#d8d3c8", "#344140");
        var harbor = Ink("#155e63", "#84cac4");
        var onHarbor = Ink("#ffffff", "#06292b");
        var harborSoft = Ink("#dcebe9", "#1d3838");
        var lamp = Ink("#7d4e00", "#f0c47a");
        var onLamp = Ink("#ffffff", "#2b1d00");
        var page = Ink("#f4f2ec", "#121818");
        var sunken = Ink("#e9e6de", "#0d1212");
        (palette.Primary, palette.PrimaryContrastText) = (harbor, onHarbor);
        (palette.PrimaryDarken, palette.PrimaryLighten) = (Hex(Ink("#0e4a4e", "#a3dbd6")), Hex(harborSoft));
        (palette.Secondary, palette.SecondaryContrastText) = (Ink("#444a85", "#b9bff0"), Ink("#ffffff", "#171a33"));
        (palette.Info, palette.InfoContrastText) = (harbor, onHarbor);
        (palette.Tertiary, palette.TertiaryContrastText) = (lamp, onLamp);
        (palette.Success, palette.SuccessContrastText) = (Ink("#2c6437", "#9fd3a4"), Ink("#ffffff", "#0c2811"));
        (palette.Warning, palette.WarningContrastText) = (lamp, onLamp);
        (palette.Error, palette.ErrorContrastText) = (Ink("#8a2c47", "#f0a9b8"), Ink("#ffffff", "#3a0f1c"));
        (palette.Background, palette.BackgroundGray) = (page, sunken);
        (palette.Surface, palette.DrawerBackground, palette.AppbarBackground) = (surface, surface, surface);
        (palette.TextPrimary, palette.AppbarText, palette.DrawerText) = (text, text, text);
        (palette.TextSecondary, palette.DrawerIcon, palette.ActionDefault) = (quiet, quiet, quiet);
        (palette.TextDisabled, palette.ActionDisabled) = (quiet.SetAlpha(0.6), quiet.SetAlpha(0.6));
        palette.ActionDisabledBackground = sunken;
        palette.LinesInputs = Ink("#7a7c74", "#82928f");
        (palette.LinesDefault, palette.TableLines, palette.Divider, palette.DividerLight) = (line, line, line, line);
        (palette.TableHover, palette.TableStriped) = (harborSoft, page);
        palette.Skeleton = sunken;
        (palette.Dark, palette.Black) = (new MudColor("#1d2728"), new MudColor("#1d2728"));
        palette.OverlayDark = Hex(new MudColor("#0d1212").SetAlpha(0.5));
        return palette;
    }

    private static string Hex(MudColor colour) => colour.ToString(MudColorOutputFormats.RGBA);
}
